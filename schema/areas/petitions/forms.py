"""Petitions and complaints in the API: registered on their forms."""

from domain.areas.petitions import forms
from schema.requests.submissions import Area

area = Area(forms.PROCEDURES)
Query, Mutation = area.Query, area.Mutation
