/**
 * A part of a text that does not keep the whole text in memory. V8 makes a slice of 13 characters or more a view of the string
 * that it was cut from, so that a few remembered words could hold on to all blocks of a huge text; shorter ones are copied anyway.
 */
export const ownString = (slice: string): string => (slice.length > 12 ? ` ${slice}`.slice(1) : slice);
