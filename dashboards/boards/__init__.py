"""Boards beside the overview: departments, money, KPIs and decisions. Each reads, draws and shows; none writes."""
