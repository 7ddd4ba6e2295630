"""The drills, one file a family: what an attacker would try, and whether it held. Found by walking this folder."""
