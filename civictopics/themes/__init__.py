"""Find what passages are about: guided themes, which keep their names, and discovered ones."""
