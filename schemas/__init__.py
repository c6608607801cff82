"""Forms of the portal: dataset and organization schemas (ckanext-scheming) and, below `sop/`, SOPs."""
