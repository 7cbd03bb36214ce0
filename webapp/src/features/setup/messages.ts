export const en = {
  setup: {
    title: "Set up your organisation",
    text: "A few answers, then your books are ready. All but the base currency can be changed later.",
    newTitle: "New organisation",
    name: "Name of the organisation",
    location: "Country",
    baseCurrency: "Base currency",
    baseCurrencyText: "The currency of your statements. It is fixed once something is posted.",
    fiscalYear: "First month of the fiscal year",
    timezone: "Time zone",
    industry: "Industry",
    language: "Language of documents",
    dateFormat: "Form of dates",
    start: "Open the books",
    building: "Your books are being opened",
    buildingText: "The database, the chart of accounts, currencies and settings are made now. This takes a few seconds.",
    progress: "Progress of the set-up",
    failed: "The set-up failed. Nothing is lost: try again.",
    required: "This is needed",
  },
};
export const ar = {
  setup: {
    title: "إعداد مؤسستك",
    name: "اسم المؤسسة",
    location: "البلد",
    baseCurrency: "العملة الأساسية",
    start: "افتح الدفاتر",
  },
};
