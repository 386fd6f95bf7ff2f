/** For a set-up or a test, in milliseconds: each hook of a Python charm is a process, and each of its tools another; a machine may be busy. */
export const longPatience = 400_000;

/** How long a status may take to come, in milliseconds. */
export const within = 180_000;
