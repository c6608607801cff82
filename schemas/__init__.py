"""Forms of the portal: dataset and organization (ckanext-scheming); below `sop/` the SOPs."""
