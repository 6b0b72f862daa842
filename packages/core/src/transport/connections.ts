/** The most requests under way at once to one origin: the reference's own cap. */
export const CONNECTIONS = 10;
