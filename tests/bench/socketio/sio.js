// socket.io as its documentation shows it: rooms, and each message told after it was stored.
//
//     node sio.js PORT [ADDRESS]     with the address of a PostgreSQL, else it stores nothing
const { Server } = require("socket.io");

const [port, address] = process.argv.slice(2);

// Quiet lines: no pings within a run, no compression, no polling before the WebSocket.
const OPTIONS = {
  transports: ["websocket"],
  perMessageDeflate: false,
  pingInterval: 3_600_000,
  pingTimeout: 3_600_000,
};

const TABLE = `CREATE TABLE IF NOT EXISTS message (
  id bigserial PRIMARY KEY, room text NOT NULL, body text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now())`;
const STORE = "INSERT INTO message (room, body) VALUES ($1, $2) RETURNING id";

async function storage() {
  if (!address) return async () => {};
  const { Pool } = require("pg");
  const pool = new Pool({ connectionString: address, max: 10 });
  await pool.query(TABLE);
  return (room, body) => pool.query({ name: "store", text: STORE, values: [room, body] });
}

async function serve() {
  const store = await storage();
  const io = new Server(Number(port), OPTIONS);
  io.on("connection", (socket) => {
    let room;
    socket.on("join", (name) => {
      room = name;
      socket.join(room);
      socket.emit("joined", room);
    });
    socket.on("message", async (body) => {
      await store(room, body);
      io.to(room).emit("message", body);
    });
  });
}

serve();
