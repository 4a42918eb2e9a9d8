/** Where a role's text comes from: columns that are joined, or a literal for all rows. */

/** Text of a cell: one column, several joined by `/`, or the same text in every row. */
export type TextBinding = { readonly columns: readonly string[] } | { readonly literal: string }

/** `item=#row`: every row is an item of its own. */
export type ItemBinding = TextBinding | { readonly ownRow: true }
