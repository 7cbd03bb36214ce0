import { IconBuildingStore } from "@tabler/icons-react";
import type { Feature } from "@/app/feature";

export const feature: Feature = {
  messages: {
    en: {
      branches: {
        title: "Branches",
        new: "New branch",
        edit: "Change branch",
        empty: "No branches yet",
        primary: "Primary",
        makePrimary: "Make primary",
        inactive: "Branches are not in use",
        inactiveText: "With branches, each document belongs to one of your places of business, and reports can be split by them.",
        activate: "Use branches",
        activateText:
          "A primary branch is made and all that you have written so far belongs to it. This cannot be switched off again.",
        activated: "Branches are in use now.",
      },
    },
    ar: {
      branches: {
        title: "الفروع",
        new: "فرع جديد",
        edit: "تعديل الفرع",
        empty: "لا توجد فروع بعد",
        primary: "رئيسي",
        makePrimary: "اجعله رئيسيًا",
        inactive: "الفروع غير مستخدمة",
        inactiveText: "مع الفروع يتبع كل مستند أحد مواقع عملك، ويمكن تقسيم التقارير بحسبها.",
        activate: "استخدام الفروع",
        activateText: "يُنشأ فرع رئيسي ويتبعه كل ما سجلته حتى الآن. لا يمكن إيقاف هذا بعد ذلك.",
        activated: "الفروع مستخدمة الآن.",
      },
    },
  },
  navigation: [{ section: "organization", label: "branches.title", path: "/branches", icon: IconBuildingStore, order: 50 }],
  routes: [{ path: "/branches", page: () => import("./BranchesPage") }],
};
