"""What a member's words tell: whom and what they are about, what is felt, what good or danger they name."""
