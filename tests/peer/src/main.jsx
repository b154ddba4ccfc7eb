// The list of secrets by the usual means, tuned as its makers advise: memoised rows, virtual rows, a small first page
// and then pages of 1,000, and nothing derived anew until all of them are there (to derive at each page made 100,000
// secrets take 41 seconds).
import { memo, useEffect, useMemo, useRef, useState } from "react";
import { createRoot } from "react-dom/client";
import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { flexRender, getCoreRowModel, getFilteredRowModel, getSortedRowModel, useReactTable } from "@tanstack/react-table";
import { useVirtualizer, useWindowVirtualizer } from "@tanstack/react-virtual";
import "./style.css";

const FIRST_LIMIT = 50;
const LIMIT = 1000;
const HEIGHT = 36;
const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

function ago(instant) {
  const days = Math.round((new Date(instant) - Date.now()) / 86_400_000);
  return Math.abs(days) < 45 ? relative.format(days, "day") : relative.format(Math.round(days / 30), "month");
}

async function readAll({ base, key, workspace }, first) {
  const all = [];
  let cursor = "";
  do {
    const limit = all.length === 0 ? FIRST_LIMIT : LIMIT;
    // The last use is a column on both sides.
    const query = new URLSearchParams({ limit: String(limit), includeInfo: "true", ...(cursor && { cursor }) });
    const address = `${base}/v1/workspaces/${workspace}/workspace_secrets?${query}`;
    const answer = await fetch(address, { headers: { authorization: `Bearer ${key}` }, cache: "no-store" });
    if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
    const page = await answer.json();
    for (const item of page.items ?? []) all.push(item);
    cursor = page.pagination?.nextCursor ?? "";
    if (all.length === (page.items ?? []).length) first(page.items ?? []);
  } while (cursor);
  return all;
}

const columns = [
  {
    id: "name",
    header: "Name",
    accessorFn: (row) => row.metadata.name,
    cell: ({ getValue, row }) => <a href={`#${row.id}`}>{getValue()}</a>,
    sortingFn: "text",
  },
  {
    id: "labels",
    header: "Labels",
    accessorFn: (row) => Object.entries(row.metadata.labels ?? {}).map((pair) => pair.join("=")),
    cell: ({ getValue }) => getValue().map((label) => <span className="chip" key={label}>{label}</span>),
    enableGlobalFilter: false,
  },
  { id: "externalId", header: "External ID", accessorFn: (row) => row.metadata.externalId ?? "", sortingFn: "text" },
  { id: "bundle", header: "Bundle", accessorFn: (row) => row.metadata.bundleKey ?? "", enableGlobalFilter: false },
  {
    id: "created",
    header: "Created",
    accessorFn: (row) => row.metadata.createdAt,
    cell: ({ getValue }) => ago(getValue()),
    enableGlobalFilter: false,
  },
  {
    id: "used",
    header: "Last used",
    accessorFn: (row) => row.info?.lastUsedAt ?? "",
    cell: ({ getValue }) => (getValue() ? ago(getValue()) : "Never"),
    enableGlobalFilter: false,
  },
];

const Row = memo(function Row({ row, index }) {
  return (
    <tr aria-rowindex={index + 1}>
      {row.getVisibleCells().map((cell) => (
        <td key={cell.id}>{flexRender(cell.column.columnDef.cell, cell.getContext())}</td>
      ))}
    </tr>
  );
});

function Secrets({ connection }) {
  const [first, setFirst] = useState([]);
  const [search, setSearch] = useState("");
  const [sorting, setSorting] = useState([]);
  const { data } = useQuery({ queryKey: ["secrets"], queryFn: () => readAll(connection, setFirst), staleTime: Infinity });
  const secrets = useMemo(() => data ?? first, [data, first]);
  const table = useReactTable({
    data: secrets,
    columns,
    state: { globalFilter: search, sorting },
    onGlobalFilterChange: setSearch,
    onSortingChange: setSorting,
    globalFilterFn: "includesString",
    getRowId: (row) => row.metadata.id,
    getCoreRowModel: getCoreRowModel(),
    getFilteredRowModel: getFilteredRowModel(),
    getSortedRowModel: getSortedRowModel(),
  });
  const { rows } = table.getRowModel();
  const body = useRef(null);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => HEIGHT,
    overscan: 12,
    scrollMargin: body.current?.offsetTop ?? 0,
  });
  const items = virtual.getVirtualItems();
  const above = items.length ? items[0].start - virtual.options.scrollMargin : 0;
  const below = items.length ? virtual.getTotalSize() - (items.at(-1).end - virtual.options.scrollMargin) : 0;
  return (
    <main>
      <input type="search" aria-label="Search secrets" value={search} onChange={(event) => setSearch(event.target.value)} />
      <p role="status" aria-label="List status">{data ? `${rows.length} of ${data.length}, complete` : `${first.length} loaded`}</p>
      <table aria-label="Secrets" aria-rowcount={rows.length}>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => (
                <th key={header.id} scope="col">
                  <button type="button" onClick={header.column.getToggleSortingHandler()}>
                    {flexRender(header.column.columnDef.header, header.getContext())}
                  </button>
                </th>
              ))}
            </tr>
          ))}
        </thead>
        <tbody ref={body}>
          {above > 0 && <tr aria-hidden="true"><td colSpan={columns.length} style={{ height: above, padding: 0 }} /></tr>}
          {items.map((item) => <Row key={rows[item.index].id} row={rows[item.index]} index={item.index} />)}
          {below > 0 && <tr aria-hidden="true"><td colSpan={columns.length} style={{ height: below, padding: 0 }} /></tr>}
        </tbody>
      </table>
    </main>
  );
}

const AT_ONCE = 4;
const FEW = 5;

async function pages({ base, key, path }, taken) {
  let cursor = "";
  let limit = FIRST_LIMIT;
  do {
    const query = new URLSearchParams({ limit: String(limit), ...(cursor && { cursor }) });
    const answer = await fetch(`${base}${path}?${query}`, { headers: { authorization: `Bearer ${key}` }, cache: "no-store" });
    if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
    const page = await answer.json();
    cursor = page.pagination?.nextCursor ?? "";
    limit = LIMIT;
    taken(page.items ?? [], !cursor);
  } while (cursor);
}

// What is searched is put in lower case once, not at each key.
const searchable = (item) => ({
  item,
  text: `${item.metadata.name}\n${item.metadata.externalId ?? ""}`.toLowerCase(),
});

const Found = memo(function Found({ item }) {
  return (
    <tr>
      <th scope="row"><a href={`#${item.metadata.id}`}>{item.metadata.name}</a></th>
      <td>{Object.entries(item.metadata.labels ?? {}).map((pair) => <span className="chip" key={pair[0]}>{pair.join("=")}</span>)}</td>
      <td>{item.metadata.externalId ?? ""}</td>
      <td>{item.metadata.bundleKey ?? ""}</td>
    </tr>
  );
});

const Group = memo(function Group({ name, found, loaded, done }) {
  return (
    <section aria-label={name}>
      <h2>{name}</h2>
      <p role="status">{found.length} of {loaded}{done ? "" : " loaded"}</p>
      {found.length > 0 && (
        <table>
          <tbody>{found.slice(0, FEW).map((it) => <Found key={it.item.metadata.id} item={it.item} />)}</tbody>
        </table>
      )}
    </section>
  );
});

// The search across workspaces: four are read at once, and each is filtered as its pages come.
function Across({ connection }) {
  const [groups, setGroups] = useState([]);
  const [search, setSearch] = useState(connection.search);
  useEffect(() => {
    (async () => {
      const known = [];
      await pages({ ...connection, path: "/v1/workspaces" }, (items) => known.push(...items));
      const all = known.filter((it) => connection.chosen.includes(it.metadata.id));
      setGroups(all.map((it) => ({ id: it.metadata.id, name: it.metadata.name, rows: [], done: false })));
      const waiting = [...all];
      const read = async () => {
        for (let next = waiting.shift(); next; next = waiting.shift()) {
          const id = next.metadata.id;
          await pages({ ...connection, path: `/v1/workspaces/${id}/workspace_secrets` }, (items, done) => {
            const rows = items.map(searchable);
            setGroups((known) => known.map((it) => (it.id === id ? { ...it, rows: it.rows.concat(rows), done } : it)));
          });
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, read));
    })();
  }, [connection]);
  const text = search.toLowerCase();
  const found = useMemo(
    () => groups.map((group) => (text ? group.rows.filter((it) => it.text.includes(text)) : group.rows)),
    [groups, text],
  );
  const matches = found.reduce((sum, it) => sum + it.length, 0);
  const open = groups.filter((it) => !it.done).length;
  return (
    <main>
      <input type="search" aria-label="Search all workspaces" value={search} onChange={(event) => setSearch(event.target.value)} />
      <p role="status" aria-label="Search status">{`${matches} in ${groups.length} workspaces${open || !groups.length ? `, ${open} loading` : ""}`}</p>
      {groups.map((group, index) => (
        <Group key={group.id} name={group.name} found={text ? found[index] : []} loaded={group.rows.length} done={group.done} />
      ))}
    </main>
  );
}

const PAUSE = 400;
const collator = new Intl.Collator("en", { numeric: true });

// The lines of the grid: one for each name, with what each workspace has of it.
function joined(columns) {
  const lines = new Map();
  columns.forEach(({ rows }, column) => {
    for (const { metadata } of rows) {
      let line = lines.get(metadata.name);
      if (!line) lines.set(metadata.name, (line = { name: metadata.name, folded: metadata.name.toLowerCase(), cells: columns.map(() => []) }));
      line.cells[column].push(metadata);
    }
  });
  const facts = (metadata) => JSON.stringify([Object.entries(metadata.labels ?? {}).sort(), metadata.externalId, metadata.bundleKey]);
  for (const line of lines.values()) {
    const base = facts(line.cells.find((cell) => cell.length > 0)[0]);
    line.states = line.cells.map((cell, column) => {
      if (cell.length === 0) return columns[column].done ? "missing" : "not loaded yet";
      if (cell.length > 1) return `${cell.length} secrets`;
      return facts(cell[0]) === base ? "present" : "differs";
    });
  }
  return [...lines.values()].sort((one, other) => collator.compare(one.name, other.name));
}

const Line = memo(function Line({ line, index, names }) {
  return (
    <tr aria-rowindex={index + 1}>
      <th scope="row">{line.name}</th>
      {line.states.map((state, column) => (
        <td key={column} aria-label={`${line.name} in ${names[column]}: ${state}`}>
          {line.cells[column].length === 1 ? <a href={`#${line.cells[column][0].id}`}>{state}</a> : state}
        </td>
      ))}
    </tr>
  );
});

// Workspaces side by side: four are read at once, and what has come is joined at most every 400 ms.
function Grid({ connection }) {
  const [{ lines, names, open }, setGrid] = useState({ lines: [], names: [], open: connection.columns.length });
  const [search, setSearch] = useState("");
  useEffect(() => {
    const columns = connection.columns.map((id) => ({ id, name: id, rows: [], done: false }));
    let due;
    const join = () => {
      due = undefined;
      setGrid({
        lines: joined(columns),
        names: columns.map((it) => it.name),
        open: columns.filter((it) => !it.done).length,
      });
    };
    (async () => {
      const named = pages({ ...connection, path: "/v1/workspaces" }, (items) => {
        for (const { metadata } of items) {
          const column = columns.find((it) => it.id === metadata.id);
          if (column) column.name = metadata.name;
        }
      });
      const waiting = [...columns];
      let isFirst = true;
      const read = async () => {
        for (let column = waiting.shift(); column; column = waiting.shift()) {
          await pages({ ...connection, path: `/v1/workspaces/${column.id}/workspace_secrets` }, (items, done) => {
            for (const item of items) column.rows.push(item);
            column.done = done;
            if (isFirst) join();
            else due ??= setTimeout(join, PAUSE);
            isFirst = false;
          });
        }
      };
      await Promise.all([named, ...Array.from({ length: AT_ONCE }, read)]);
      clearTimeout(due);
      join();
    })();
  }, [connection]);
  const text = search.toLowerCase();
  const shown = useMemo(() => (text ? lines.filter((line) => line.folded.includes(text)) : lines), [lines, text]);
  const frame = useRef(null);
  const virtual = useVirtualizer({ count: shown.length, estimateSize: () => HEIGHT, overscan: 12, getScrollElement: () => frame.current });
  const items = virtual.getVirtualItems();
  const above = items.length ? items[0].start : 0;
  const below = items.length ? virtual.getTotalSize() - items.at(-1).end : 0;
  return (
    <main>
      <input type="search" aria-label="Filter by name" value={search} onChange={(event) => setSearch(event.target.value)} />
      <p role="status" aria-label="Compare status">{`${shown.length} of ${lines.length} secrets${open ? `, loading ${open}` : ""}`}</p>
      <div ref={frame} className="frame">
        <table aria-label="Compare" aria-rowcount={shown.length}>
          <thead><tr><th scope="col">Name</th>{names.map((name) => <th key={name} scope="col">{name}</th>)}</tr></thead>
          <tbody>
            {above > 0 && <tr aria-hidden="true"><td colSpan={names.length + 1} style={{ height: above, padding: 0 }} /></tr>}
            {items.map((item) => <Line key={shown[item.index].name} line={shown[item.index]} index={item.index} names={names} />)}
            {below > 0 && <tr aria-hidden="true"><td colSpan={names.length + 1} style={{ height: below, padding: 0 }} /></tr>}
          </tbody>
        </table>
      </div>
    </main>
  );
}

function View({ connection }) {
  if (connection.workspace) return <Secrets connection={connection} />;
  return connection.columns ? <Grid connection={connection} /> : <Across connection={connection} />;
}

// Whoever measures says where to read from; a key has no place in an address.
globalThis.start = (connection) =>
  createRoot(document.getElementById("app")).render(
    <QueryClientProvider client={new QueryClient()}>
      <View connection={connection} />
    </QueryClientProvider>,
  );
