import { IconKey } from "@tabler/icons-react";
import type { Feature } from "@/app/feature";

export const feature: Feature = {
  messages: {
    en: {
      apiKeys: {
        title: "API keys",
        text: "With a key, another program works with these books in your name and with your rights. Revoke keys that are no longer needed.",
        new: "New API key",
        make: "Make key",
        empty: "No API keys",
        emptyText: "Make one when another program is to read or write these books.",
        unnamed: "Without a name",
        key: "Key",
        made: "Made",
        expires: "Expires",
        never: "Never",
        revoked: "Revoked",
        revoke: "Revoke",
        revokeText: "Programs that use this key are refused from now on. This cannot be undone.",
        revokedNow: "The key is revoked.",
        nameHint: "What the key is for, so that you know it again.",
        yourKey: "Your new key",
        once: "Copy the key now. It is shown this once and cannot be shown again.",
        copy: "Copy",
        copied: "Copied",
        keptIt: "I have kept it",
      },
    },
    ar: {
      apiKeys: {
        title: "مفاتيح API",
        new: "مفتاح جديد",
        make: "إنشاء المفتاح",
        key: "المفتاح",
        revoke: "إلغاء",
        revoked: "ملغى",
        copy: "نسخ",
        copied: "تم النسخ",
        once: "انسخ المفتاح الآن، فلن يظهر مرة أخرى.",
      },
    },
  },
  navigation: [
    {
      section: "organization",
      label: "apiKeys.title",
      path: "/api-keys",
      icon: IconKey,
      order: 80,
    },
  ],
  routes: [{ path: "/api-keys", page: () => import("./ApiKeysPage"), permission: { subject: "Preferences", action: "Mutate" } }],
};
