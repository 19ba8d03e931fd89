"""KPIs: definitions, series, readings, sources and runs."""
