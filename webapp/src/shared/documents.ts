/** Where the document of a ledger line is shown; null for kinds without a page. */
export function documentPath(referenceType: string, referenceId: number): string | null {
  switch (referenceType) {
    case "Journal":
    case "ManualJournal":
      return `/journals/${referenceId}`;
    case "Expense":
      return `/expenses/${referenceId}`;
    default:
      return null;
  }
}
