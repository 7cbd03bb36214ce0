import { IconReceiptTax } from "@tabler/icons-react";
import type { Feature } from "@/app/feature";

export const feature: Feature = {
  messages: {
    en: {
      taxRates: {
        title: "Tax rates",
        new: "New tax rate",
        edit: "Change tax rate",
        empty: "No tax rates yet",
        emptyText: "Tax rates are offered in documents that carry tax.",
        rate: "Rate",
        compound: "Compound",
        compoundHint: "Calculated on the amount including the other taxes.",
        nonRecoverable: "Not recoverable",
        nonRecoverableHint: "Paid tax that you do not get back; it is part of the cost.",
        editHint: "A new rate does not change documents that were written with the old one.",
      },
    },
    ar: {
      taxRates: {
        title: "معدلات الضريبة",
        new: "معدل ضريبة جديد",
        edit: "تعديل معدل الضريبة",
        empty: "لا توجد معدلات ضريبة بعد",
        emptyText: "تُعرض معدلات الضريبة في المستندات الخاضعة للضريبة.",
        rate: "المعدل",
        compound: "مركبة",
        compoundHint: "تُحسب على المبلغ شاملًا الضرائب الأخرى.",
        nonRecoverable: "غير قابلة للاسترداد",
        nonRecoverableHint: "ضريبة مدفوعة لا تستردها، فهي جزء من التكلفة.",
        editHint: "لا يغيّر المعدل الجديد المستندات التي سُجلت بالمعدل القديم.",
      },
    },
  },
  navigation: [
    {
      section: "organization",
      label: "taxRates.title",
      path: "/tax-rates",
      icon: IconReceiptTax,
      order: 30,
    },
  ],
  routes: [{ path: "/tax-rates", page: () => import("./TaxRatesPage"), permission: { subject: "TaxRate", action: "View" } }],
};
