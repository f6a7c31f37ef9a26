"""What petitions and complaints add to cases."""
