"""What the words mean: pure values, no database and no HTTP."""
