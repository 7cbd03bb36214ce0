import { IconUsersGroup } from "@tabler/icons-react";
import type { Feature } from "@/app/feature";

export const feature: Feature = {
  messages: {
    en: {
      people: {
        title: "People and roles",
        text: "Who works with these books. The role decides what each of them may do.",
        members: "Members",
        roles: "Roles",
        role: "Role",
        roleHint: "Nobody changes their own role: another administrator does.",
        newRole: "New role",
        empty: "Nobody yet",
        you: "You",
        editMember: "Change member",
        remove: "Remove",
        removed: "Removed.",
        removeOne: "Remove {{name}}?",
        removeText: "They can no longer work with these books. What they wrote stays, under their name.",
        predefined: "Predefined",
        predefinedText:
          "This role is part of the application and cannot be changed. Make a role of your own for other permissions.",
        look: "Look at permissions",
        permissions: "Permissions",
        subject: "What",
        everything: "All",
        more: "More",
        abilities: { View: "View", Create: "Create", Edit: "Edit", Delete: "Delete" },
      },
    },
    ar: {
      people: {
        title: "الأشخاص والأدوار",
        members: "الأعضاء",
        roles: "الأدوار",
        role: "الدور",
        newRole: "دور جديد",
        you: "أنت",
        remove: "إزالة",
        permissions: "الصلاحيات",
        everything: "الكل",
        abilities: { View: "عرض", Create: "إنشاء", Edit: "تعديل", Delete: "حذف" },
      },
    },
  },
  navigation: [{ section: "organization", label: "people.title", path: "/people", icon: IconUsersGroup, order: 20 }],
  routes: [
    { path: "/people", page: () => import("./PeoplePage") },
    { path: "/people/roles/new", page: () => import("./RolePage") },
    { path: "/people/roles/$roleId", page: () => import("./RolePage") },
  ],
};
