import type { Wire } from "./wire.js";

/** The same node with other nodes directly below it. */
export function mapChildren(wire: Wire, map: (child: Wire) => Wire): Wire {
  switch (wire.kind) {
    case "scalar":
    case "json":
    case "ref":
      return wire;
    case "object": {
      const fields = wire.fields.map((field) => ({ ...field, node: map(field.node) }));
      return { ...wire, fields, ...(wire.extras && { extras: { ...wire.extras, value: map(wire.extras.value) } }) };
    }
    case "list":
      return { ...wire, item: map(wire.item) };
    case "tuple":
      return { ...wire, items: wire.items.map(map), ...(wire.rest && { rest: map(wire.rest) }) };
    case "members":
      return { ...wire, items: wire.items.map(map), ...(wire.rest && { rest: { ...wire.rest, item: map(wire.rest.item) } }) };
    case "entries":
      return { ...wire, value: map(wire.value) };
    case "unwrap":
      return { ...wire, node: map(wire.node) };
    case "union":
      return { ...wire, branches: wire.branches.map(map) };
  }
}

/** The nodes directly below one. */
export function children(wire: Wire): readonly Wire[] {
  switch (wire.kind) {
    case "scalar":
    case "json":
    case "ref":
      return [];
    case "object": {
      const nodes = wire.fields.map((field) => field.node);
      return wire.extras ? [...nodes, wire.extras.value] : nodes;
    }
    case "list":
      return [wire.item];
    case "tuple":
      return wire.rest ? [...wire.items, wire.rest] : wire.items;
    case "members":
      return wire.rest ? [...wire.items, wire.rest.item] : wire.items;
    case "entries":
      return [wire.value];
    case "unwrap":
      return [wire.node];
    case "union":
      return wire.branches;
  }
}
