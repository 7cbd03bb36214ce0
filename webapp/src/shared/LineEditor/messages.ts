import type { Messages } from "@/app/feature";

/** The words of line editors and of forms that keep drafts. */
export const lineMessages: { en: Messages; ar: Messages } = {
  en: {
    number: "No.",
    remove: "Remove line {{number}}",
    removeColumn: "Remove",
    cell: "{{column}}, line {{number}}",
    add: "Add a line",
    hint: "Enter: next line · Ctrl+↑/↓: line above or below · Ctrl+Delete: remove the line · paste rows from a spreadsheet",
    empty: "empty",
    draftFound: "An unsaved draft of {{time}} is there",
    draftText: "It was kept when this form was closed without saving.",
    restore: "Restore it",
    discard: "Throw it away",
    leaveTitle: "Leave without saving?",
    leaveText: "Your changes are not saved yet.",
    leave: "Leave",
    stay: "Stay",
  },
  ar: {
    number: "رقم",
    remove: "حذف السطر {{number}}",
    removeColumn: "حذف",
    cell: "{{column}}، السطر {{number}}",
    add: "إضافة سطر",
    hint: "Enter: السطر التالي · Ctrl+↑/↓: السطر الأعلى أو الأسفل · Ctrl+Delete: حذف السطر · الصق صفوفا من جدول",
    empty: "فارغ",
    restore: "استعادة",
    discard: "تجاهل",
    leaveTitle: "المغادرة دون حفظ؟",
    leaveText: "لم تحفظ تغييراتك بعد.",
    leave: "مغادرة",
    stay: "بقاء",
  },
};
