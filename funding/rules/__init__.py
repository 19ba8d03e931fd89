"""What follows from given facts. Plain values in and out: no Django, no clock, no database."""
