// The list of secrets by the usual means, tuned as its makers advise: memoised rows, virtual rows, a small first page
// and then pages of 1,000, and nothing derived anew until all of them are there (to derive at each page made 100,000
// secrets take 41 seconds).
import { memo, useMemo, useRef, useState } from "react";
import { createRoot } from "react-dom/client";
import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { flexRender, getCoreRowModel, getFilteredRowModel, getSortedRowModel, useReactTable } from "@tanstack/react-table";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
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
    const query = new URLSearchParams({ limit: String(limit), ...(cursor && { cursor }) });
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
    cell: ({ getValue }) => (getValue() ? ago(getValue()) : "Not asked for"),
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

// Whoever measures says where to read from; a key has no place in an address.
globalThis.start = (connection) =>
  createRoot(document.getElementById("app")).render(
    <QueryClientProvider client={new QueryClient()}>
      <Secrets connection={connection} />
    </QueryClientProvider>,
  );
