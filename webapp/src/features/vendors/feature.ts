import { IconTruckDelivery } from "@tabler/icons-react";
import type { Feature } from "@/app/feature";

export const feature: Feature = {
  messages: {
    en: {
      vendors: {
        title: "Vendors",
        one: "Vendor",
        new: "New vendor",
        empty: "No vendors yet",
        emptyText: "Vendors are those whom you pay. Each has a balance of what you still owe.",
      },
    },
    ar: {
      vendors: {
        title: "الموردون",
        one: "مورد",
        new: "مورد جديد",
        empty: "لا يوجد موردون بعد",
        emptyText: "الموردون هم من تدفع لهم. لكل منهم رصيد لما لم تدفعه بعد.",
      },
    },
  },
  navigation: [
    {
      section: "contacts",
      label: "vendors.title",
      path: "/vendors",
      icon: IconTruckDelivery,
      order: 20,
    },
  ],
  routes: [
    { path: "/vendors", page: () => import("./VendorsPage"), permission: { subject: "Vendor", action: "View" } },
    { path: "/vendors/new", page: () => import("./VendorNewPage"), permission: { subject: "Vendor", action: "Create" } },
    { path: "/vendors/$vendorId", page: () => import("./VendorPage"), permission: { subject: "Vendor", action: "View" } },
    {
      path: "/vendors/$vendorId/edit",
      page: () => import("./VendorEditPage"),
      permission: { subject: "Vendor", action: "Edit" },
    },
  ],
  actions: [{ label: "vendors.new", path: "/vendors/new" }],
};
