import type { Account } from "./api";

function matches(account: Account, words: readonly string[]): boolean {
  const text = `${account.code ?? ""} ${account.name} ${account.account_type_label}`.toLocaleLowerCase();
  return words.every((word) => text.includes(word));
}

/** The accounts that have every word in code, name or type, with the accounts above them; a found account keeps all below it. */
export function searchTree(accounts: readonly Account[], search: string): Account[] {
  const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return words.length ? filterTree(accounts, words) : [...accounts];
}

function filterTree(accounts: readonly Account[], words: readonly string[]): Account[] {
  return accounts.flatMap((account) => {
    if (matches(account, words)) return [account];
    const children = filterTree(account.children ?? [], words);
    return children.length ? [{ ...account, children }] : [];
  });
}
