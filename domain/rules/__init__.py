"""Rules as data: conditions over facts, the rows that share them, and the routes that they give."""
