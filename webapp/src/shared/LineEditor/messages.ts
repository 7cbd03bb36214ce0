import type { Messages } from "@/app/feature";

/** The words of line editors. */
export const lineMessages: { en: Messages; ar: Messages } = {
  en: {
    number: "No.",
    remove: "Remove line {{number}}",
    removeColumn: "Remove",
    cell: "{{column}}, line {{number}}",
    add: "Add a line",
    hint: "Enter: next line · Ctrl+↑/↓: line above or below · Ctrl+Delete: remove the line · paste rows from a spreadsheet",
    empty: "empty",
  },
  ar: {
    number: "رقم",
    remove: "حذف السطر {{number}}",
    removeColumn: "حذف",
    cell: "{{column}}، السطر {{number}}",
    add: "إضافة سطر",
    hint: "Enter: السطر التالي · \u2068Ctrl+↑/↓\u2069: السطر الأعلى أو الأسفل · \u2068Ctrl+Delete\u2069: حذف السطر · الصق صفوفًا من جدول بيانات",
    empty: "فارغ",
  },
};
