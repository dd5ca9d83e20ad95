"""Scripts and declarations that make what data/ and results/ hold."""
