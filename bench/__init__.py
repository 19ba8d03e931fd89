"""`./dev bench`: each page and job beside the barest program that does the same, in one run (SPEED)."""
