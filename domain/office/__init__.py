"""The office: who is in it, who holds what when, who is away, what is booked, what is told."""
