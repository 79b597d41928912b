import type { Wire } from "./wire.js";

/** The same node with other nodes directly below it; the very node where none of them is another. */
export function mapChildren(wire: Wire, map: (child: Wire) => Wire): Wire {
  switch (wire.kind) {
    case "scalar":
    case "json":
    case "ref":
      return wire;
    case "object": {
      const fields = mapList(wire.fields, (field) => {
        const node = map(field.node);
        return node === field.node ? field : { ...field, node };
      });
      const value = wire.extras && map(wire.extras.value);
      if (fields === wire.fields && value === wire.extras?.value) return wire;
      return { ...wire, fields, ...(wire.extras && value && { extras: { ...wire.extras, value } }) };
    }
    case "list": {
      const item = map(wire.item);
      return item === wire.item ? wire : { ...wire, item };
    }
    case "tuple":
      return { ...wire, items: wire.items.map(map), ...(wire.rest && { rest: map(wire.rest) }) };
    case "members":
      return { ...wire, items: wire.items.map(map), ...(wire.rest && { rest: { ...wire.rest, item: map(wire.rest.item) } }) };
    case "entries":
      return { ...wire, value: map(wire.value) };
    case "unwrap":
      return { ...wire, node: map(wire.node) };
    case "union": {
      const branches = mapList(wire.branches, map);
      return branches === wire.branches ? wire : { ...wire, branches };
    }
  }
}

function mapList<Item>(list: readonly Item[], map: (item: Item) => Item): readonly Item[] {
  const mapped = list.map((item) => map(item));
  return mapped.every((item, index) => item === list[index]) ? list : mapped;
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
