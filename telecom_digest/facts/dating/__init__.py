"""How dates are written: words.py finds their words, line.py holds them, periods.py reads what they make up."""
