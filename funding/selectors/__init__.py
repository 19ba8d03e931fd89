"""Read models of the funding pages. Everything starts from `visible_to`; nothing here writes or decides."""
