"""What is claimed about cost and speed, runnable. No part of the installed package."""
