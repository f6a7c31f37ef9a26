"""How the words of declarations are written in the API."""


def snake(word: str) -> str:
    """VehicleRefuelling is vehicle_refuelling."""
    return "".join(
        f"_{letter.lower()}" if letter.isupper() and place else letter.lower()
        for place, letter in enumerate(word)
    )
