"""The words of the living side: what an office keeps, conducts and holds."""
