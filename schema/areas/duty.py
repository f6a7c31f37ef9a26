"""Duty in the API: events on duty are cases; its books and roster are served with their kinds."""

from domain.areas.duty.events import EVENT
from schema.records.cases import Cases

events = Cases(EVENT)
Query, Mutation = events.Query, events.Mutation
