"""The demo offices: invented people in believable units, so that every rule finds its seats."""

from resolvers.demo.loading import PASSWORD, load, who_can_sign_in

__all__ = ["PASSWORD", "load", "who_can_sign_in"]
