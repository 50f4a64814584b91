"""What runs inside an interpreter that is made faulty: builtin modules where it starts, in syntax that 3.8 knows."""
