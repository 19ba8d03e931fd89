"""What pages, files and the API read of a project's records. Every row starts from `visible_to` (DESIGN 8)."""
