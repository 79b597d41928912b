// Checked by `npm run check` (tsc): what the partial type of every golden type is, word for word.
import type { InvoicePartial } from "./generate/checks/generated/invoice.js";
import type * as defaults from "./generate/defaults/generated/shop.js";
import type * as guarded from "./generate/guards/generated/thing.js";
import type { HostileArrayPartial, HostilePartial } from "./generate/hostile-text/generated/thing.js";
import type * as short from "./generate/names-of-templates/generated/short.js";
import type * as named from "./generate/naming/generated/purchaseOrder.js";
import type * as book from "./generate/naming-of-typescript/generated/order_book.js";
import type { Labels, LabelsPartial } from "./generate/non-object-root/generated/thing.js";
import type { Event, EventPartial } from "./generate/open-and-atomic/generated/thing.js";
import type { Comment, CommentPartial } from "./generate/recursion/generated/thing.js";
import type * as several from "./generate/several-types/generated/thing.js";
import type { PointPartial, Shapes, ShapesPartial } from "./generate/shapes/generated/thing.js";
import type * as js from "./generate/target-js/generated/thing.js";
import type * as shop from "./generate/target-js-of-typescript/generated/thing.js";
import type { Message, MessagePartial } from "./generate/unions/generated/thing.js";

/** The same type, `readonly` and `?` included. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** A finished value is a value of its partial type. */
type Grows<Whole, Part> = [Whole] extends [Part] ? true : false;

declare function holds<_Claims extends readonly true[]>(): void;

holds<[
  Same<InvoicePartial, { readonly number?: string; readonly lines?: readonly number[]; readonly total?: number }>,
    Same<HostileArrayPartial, { readonly a?: string }>,
    Same<HostilePartial["日本"], HostileArrayPartial | undefined>,
    Same<HostilePartial["__proto__"], string | undefined>,
    Same<HostilePartial["$name$"], string | undefined>,
    Same<HostilePartial["class"], boolean | undefined>,
    Same<HostilePartial["constructor"], number | undefined>
]>();

// Lists as far as they have come; enums whole.
holds<[Same<LabelsPartial, readonly ("red" | "green" | "blue")[]>, Grows<Labels, LabelsPartial>]>();

// Atomic: the full type, or absent. Open objects: their undeclared keys too.
type Place = { readonly lat: number; readonly lon: number };
type Tags = { readonly kind?: string; readonly [key: string]: unknown };
holds<[Same<EventPartial, { readonly name?: string; readonly place?: Place; readonly tags?: Tags }>, Grows<Event, EventPartial>]>();

holds<[
  Same<CommentPartial, { readonly author?: string; readonly text?: string; readonly replies?: readonly CommentPartial[] }>,
    Grows<Comment, CommentPartial>
]>();

holds<[
  Same<guarded.NotePartial, { readonly at?: string; readonly next?: guarded.NotePartial }>,
    Same<guarded.ThingPartial["either"], guarded.NotePartial | string | undefined>,
    Grows<guarded.Thing, guarded.ThingPartial>
]>();

// Maps, tuples, null, unions, literals of several types, formats and patterns.
holds<[
  Same<
    ShapesPartial,
    {
      readonly map?: { readonly [key: string]: number };
      readonly nested?: { readonly [key: string]: readonly PointPartial[] };
      readonly point?: PointPartial;
      readonly anything?: unknown;
      readonly maybe?: string | null;
      readonly either?: string | number;
      readonly one?: 1;
      readonly mixed?: "a" | 1 | null | true;
      readonly bounded?: string;
      readonly mail?: string;
      readonly list?: readonly string[];
    }
  >,
    Same<PointPartial, readonly [number?, number?]>,
    Grows<Shapes, ShapesPartial>
]>();

// A union is decided: one of its branches, each of them partial.
type Text = { readonly type?: "text"; readonly body?: string };
type Image = { readonly type?: "image"; readonly url?: string; readonly alt?: string };
holds<[Same<MessagePartial, Text | Image | { readonly poll?: readonly string[] }>, Grows<Message, MessagePartial>]>();

// A date is text while it arrives.
holds<[
  Same<several.BuyerPartial, { readonly name?: string; readonly mail?: string; readonly since?: string | Date }>,
    Same<several.CardPartial, { readonly kind?: "card"; readonly last4?: string }>,
    Same<several.CashPartial, { readonly kind?: "cash"; readonly given?: number }>,
    Same<
      several.PurchasePartial,
      {
        readonly buyer?: several.BuyerPartial;
        readonly items?: readonly { readonly article?: string; readonly price?: number }[];
        readonly payment?: several.CardPartial | several.CashPartial;
      }
    >
]>();

holds<[
  Same<defaults.AddressPartial, { readonly city?: string; readonly country?: string }>,
    Same<defaults.NodePartial["above"], defaults.NodePartial | undefined>,
    Same<defaults.NodePartial["endless"], defaults.EndlessPartial | undefined>,
    Same<defaults.EndlessPartial, { readonly again?: defaults.EndlessPartial }>,
    Same<defaults.ShopPartial["size"], readonly [number?, string?] | undefined>,
    Same<defaults.ShopPartial["currency"], "EUR" | "USD" | undefined>,
    Same<defaults.ShopPartial["hours"], { readonly [key: string]: { readonly open?: boolean } } | undefined>,
    Grows<defaults.Shop, defaults.ShopPartial>
]>();

// Under other names, and in declarations beside JavaScript, the same.
holds<[
  Same<named.LineDtoPartial, { readonly article?: string }>,
    Same<named.PurchaseOrderDtoPartial, { readonly lines?: readonly named.LineDtoPartial[]; readonly placed?: string }>,
    Same<book.ApiLinePartial, { readonly article?: string }>,
    Same<book.ApiOrderPartial, { readonly placed?: string | Date; readonly lines?: readonly book.ApiLinePartial[] }>,
    Same<js.PartPartial, { readonly name?: string; readonly parts?: readonly js.PartPartial[] }>,
    Same<js.ThingPartial["tags"], { readonly [key: string]: string } | undefined>,
    Grows<js.Thing, js.ThingPartial>,
    Same<short.CTypePartial, { readonly celsius?: number }>,
    Same<short.$TypePartial, { readonly cents?: number; readonly at?: short.CTypePartial }>,
    Same<shop.MoneyPartial, { readonly amount?: number; readonly currency?: "EUR" | "USD" | "GBP" }>,
    Same<shop.CustomerPartial, { readonly name?: string; readonly email?: string }>,
    Same<shop.OrderLinePartial, { readonly article?: string; readonly quantity?: number; readonly price?: shop.MoneyPartial }>,
    Same<shop.OrderPartial["lines"], readonly shop.OrderLinePartial[] | undefined>
]>();
