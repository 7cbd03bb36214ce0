import { IconUsers } from "@tabler/icons-react";
import type { Feature } from "@/app/feature";
import { ar as sharedAr, en as sharedEn } from "@/features/contacts/messages";

export const feature: Feature = {
  messages: {
    // What customers and vendors share has no feature of its own, so its words are brought from here.
    en: {
      ...sharedEn,
      customers: {
        title: "Customers",
        one: "Customer",
        new: "New customer",
        empty: "No customers yet",
        emptyText: "Customers are those who pay you. Each has a balance of what is still open.",
      },
    },
    ar: {
      ...sharedAr,
      customers: {
        title: "العملاء",
        one: "عميل",
        new: "عميل جديد",
        empty: "لا يوجد عملاء بعد",
        emptyText: "العملاء هم من يدفعون لك. لكل منهم رصيد لما لم يُدفع بعد.",
      },
    },
  },
  navigation: [
    {
      section: "contacts",
      label: "customers.title",
      path: "/customers",
      icon: IconUsers,
      order: 10,
    },
  ],
  routes: [
    { path: "/customers", page: () => import("./CustomersPage"), permission: { subject: "Customer", action: "View" } },
    { path: "/customers/new", page: () => import("./CustomerNewPage"), permission: { subject: "Customer", action: "Create" } },
    { path: "/customers/$customerId", page: () => import("./CustomerPage"), permission: { subject: "Customer", action: "View" } },
    {
      path: "/customers/$customerId/edit",
      page: () => import("./CustomerEditPage"),
      permission: { subject: "Customer", action: "Edit" },
    },
  ],
  actions: [{ label: "customers.new", path: "/customers/new" }],
};
