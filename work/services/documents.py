"""Documents: added with a first version, given further versions, described anew, withdrawn. Nothing is deleted."""
