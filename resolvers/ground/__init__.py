"""What every question stands on: database, viewer, sign-in, ledger, pages, notices."""
