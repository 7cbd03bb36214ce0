import { IconCoins } from "@tabler/icons-react";
import type { Feature } from "@/app/feature";

export const feature: Feature = {
  messages: {
    en: {
      currencies: {
        title: "Currencies",
        text: "Accounts, contacts and documents may be kept in any of these. Statements are always in the base currency.",
        new: "Add a currency",
        edit: "Change currency",
        empty: "No currencies yet",
        base: "Base currency",
        sign: "Sign",
        in: "In",
        codeHint: "Three capital letters, such as EUR.",
        rates: "Exchange rates",
        ratesText: "New documents take the latest rate known. A document keeps its rate when a newer one is added.",
        newRate: "Add a rate",
        noRates: "No exchange rates yet",
        noRatesText: "Without one, the rate is typed into each document.",
        rateOf: "1 {{from}} in {{to}}",
        dateHint: "The rate holds from this day on.",
        deleteRateText: "Documents that were written with it keep their rate.",
      },
    },
    ar: {
      currencies: {
        title: "العملات",
        text: "يجوز أن تكون الحسابات وجهات الاتصال والمستندات بأي من هذه العملات. القوائم المالية دائمًا بالعملة الأساسية.",
        new: "إضافة عملة",
        edit: "تعديل العملة",
        empty: "لا توجد عملات بعد",
        base: "العملة الأساسية",
        sign: "الرمز",
        in: "مقابل",
        codeHint: "ثلاثة أحرف لاتينية كبيرة، مثل EUR.",
        rates: "أسعار الصرف",
        ratesText: "تأخذ المستندات الجديدة أحدث سعر معروف. ويحتفظ المستند بسعره عند إضافة سعر أحدث.",
        newRate: "إضافة سعر صرف",
        noRates: "لا توجد أسعار صرف بعد",
        noRatesText: "بدونها يُكتب السعر في كل مستند.",
        rateOf: "1 \u2068{{from}}\u2069 بعملة \u2068{{to}}\u2069",
        dateHint: "يسري السعر من هذا اليوم فصاعدًا.",
        deleteRateText: "تحتفظ المستندات التي سُجلت به بسعرها.",
      },
    },
  },
  navigation: [{ section: "organization", label: "currencies.title", path: "/currencies", icon: IconCoins, order: 40 }],
  routes: [{ path: "/currencies", page: () => import("./CurrenciesPage") }],
};
