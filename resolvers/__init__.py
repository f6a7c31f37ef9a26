"""How a question is served: settings, the embedded database, and one shell for all areas."""
