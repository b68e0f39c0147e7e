// Why the bench cannot start, for whoever started it.

/** Its message is a sentence that says what to do about it; any other error is a bug. */
export class CannotStart extends Error {}
