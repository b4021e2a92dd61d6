/** What is audited: contracts of several kinds, and servers in three other languages. */
export const STAKING = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.19;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title Stake ETH, earn reward tokens
contract StakingPool {
    IERC20 public immutable rewardToken;
    address public owner;
    uint256 public rewardRate;
    uint256 public totalStaked;
    bool public paused;

    mapping(address => uint256) public stakes;
    mapping(address => uint256) public lastUpdate;

    event Staked(address indexed user, uint256 amount);
    event Unstaked(address indexed user, uint256 amount);

    modifier whenNotPaused() {
        require(!paused, "paused");
        _;
    }

    modifier onlyOwner() {
        require(msg.sender == owner, "not owner");
        _;
    }

    constructor(IERC20 token, uint256 rate) {
        rewardToken = token;
        rewardRate = rate;
        owner = msg.sender;
    }

    function stake() external payable whenNotPaused {
        require(msg.value > 0, "zero");
        stakes[msg.sender] += msg.value;
        totalStaked += msg.value;
        lastUpdate[msg.sender] = block.timestamp;
        emit Staked(msg.sender, msg.value);
    }

    function unstake(uint256 amount) external {
        require(stakes[msg.sender] >= amount, "insufficient stake");
        (bool ok, ) = msg.sender.call{value: amount}("");
        require(ok, "transfer failed");
        stakes[msg.sender] -= amount;
        totalStaked -= amount;
        emit Unstaked(msg.sender, amount);
    }

    function claim() external whenNotPaused {
        uint256 elapsed = block.timestamp - lastUpdate[msg.sender];
        uint256 reward = (stakes[msg.sender] * rewardRate * elapsed) / 1e18;
        lastUpdate[msg.sender] = block.timestamp;
        rewardToken.transfer(msg.sender, reward);
    }

    function setRewardRate(uint256 rate) external {
        rewardRate = rate;
    }

    function setPaused(bool value) external onlyOwner {
        paused = value;
    }
}`;

export const MARKET = `// SPDX-License-Identifier: MIT
pragma solidity 0.8.24;

import "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import "@openzeppelin/contracts/utils/ReentrancyGuard.sol";

contract NftMarket is ReentrancyGuard {
    struct Listing {
        address seller;
        uint256 price;
        bool active;
    }

    uint256 public constant FEE_BPS = 250;
    address payable public treasury;
    mapping(address => mapping(uint256 => Listing)) public listings;
    mapping(address => uint256) public proceeds;

    error NotSeller();
    error NotListed();
    error WrongPrice(uint256 sent, uint256 wanted);

    event Listed(address indexed nft, uint256 indexed id, uint256 price);
    event Sold(address indexed nft, uint256 indexed id, address buyer);

    constructor(address payable treasury_) {
        treasury = treasury_;
    }

    function list(address nft, uint256 id, uint256 price) external {
        IERC721(nft).transferFrom(msg.sender, address(this), id);
        listings[nft][id] = Listing(msg.sender, price, true);
        emit Listed(nft, id, price);
    }

    function cancel(address nft, uint256 id) external nonReentrant {
        Listing memory l = listings[nft][id];
        if (l.seller != msg.sender) revert NotSeller();
        delete listings[nft][id];
        IERC721(nft).transferFrom(address(this), msg.sender, id);
    }

    function buy(address nft, uint256 id) external payable nonReentrant {
        Listing storage l = listings[nft][id];
        if (!l.active) revert NotListed();
        if (msg.value < l.price) revert WrongPrice(msg.value, l.price);
        uint256 fee = (msg.value * FEE_BPS) / 10_000;
        proceeds[l.seller] += msg.value - fee;
        proceeds[treasury] += fee;
        l.active = false;
        IERC721(nft).transferFrom(address(this), msg.sender, id);
        emit Sold(nft, id, msg.sender);
    }

    function withdraw() external nonReentrant {
        uint256 amount = proceeds[msg.sender];
        proceeds[msg.sender] = 0;
        (bool ok, ) = msg.sender.call{value: amount}("");
        require(ok, "withdraw failed");
    }

    function updatePrice(address nft, uint256 id, uint256 price) external {
        listings[nft][id].price = price;
    }

    function setTreasury(address payable next) external {
        require(msg.sender == treasury, "not treasury");
        treasury = next;
    }
}`;

export const AIRDROP = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

contract MerkleAirdrop is Ownable {
    using SafeERC20 for IERC20;

    IERC20 public immutable token;
    bytes32 public merkleRoot;
    uint64 public deadline;
    mapping(bytes32 => bool) public usedLeaves;

    event Claimed(address indexed account, uint256 amount);

    constructor(IERC20 token_, bytes32 root_, uint64 deadline_) Ownable(msg.sender) {
        token = token_;
        merkleRoot = root_;
        deadline = deadline_;
    }

    function claim(address account, uint256 amount, bytes32[] calldata proof) external {
        require(block.timestamp <= deadline, "over");
        bytes32 leaf = keccak256(abi.encodePacked(account, amount));
        require(MerkleProof.verify(proof, merkleRoot, leaf), "bad proof");
        token.safeTransfer(account, amount);
        emit Claimed(account, amount);
    }

    function sweep(address to) external onlyOwner {
        token.safeTransfer(to, token.balanceOf(address(this)));
    }

    function setRoot(bytes32 root_) external onlyOwner {
        merkleRoot = root_;
    }
}`;

export const EXPRESS = `const express = require("express");
const jwt = require("jsonwebtoken");
const path = require("path");
const fs = require("fs");
const { pool } = require("./db");

const app = express();
app.use(express.json());

const JWT_SECRET = "s3cr3t-dev-key";

function authenticate(req, res, next) {
  const token = (req.headers.authorization || "").replace("Bearer ", "");
  const payload = jwt.decode(token);
  if (!payload) return res.status(401).json({ error: "unauthorized" });
  req.user = payload;
  next();
}

app.post("/login", async (req, res) => {
  const { email, password } = req.body;
  const sql = "SELECT * FROM users WHERE email = '" + email + "' AND password = '" + password + "'";
  const { rows } = await pool.query(sql);
  if (rows.length === 0) return res.status(403).end();
  const token = jwt.sign({ id: rows[0].id, role: rows[0].role }, JWT_SECRET);
  res.json({ token });
});

app.get("/files/:name", authenticate, (req, res) => {
  const file = path.join(__dirname, "uploads", req.params.name);
  fs.readFile(file, (err, data) => {
    if (err) return res.status(404).end();
    res.send(data);
  });
});

app.get("/users/:id", authenticate, async (req, res) => {
  const { rows } = await pool.query("SELECT id, email FROM users WHERE id = $1", [req.params.id]);
  res.json(rows[0]);
});

app.delete("/users/:id", async (req, res) => {
  await pool.query("DELETE FROM users WHERE id = $1", [req.params.id]);
  res.status(204).end();
});

module.exports = { app, authenticate };`;

export const FLASK = `import os
import pickle
import sqlite3
import subprocess
from flask import Flask, request, jsonify

app = Flask(__name__)
DB_PATH = os.environ.get("DB_PATH", "app.db")
ADMIN_TOKEN = "letmein"


def get_db():
    return sqlite3.connect(DB_PATH)


def require_admin():
    return request.headers.get("X-Admin-Token") == ADMIN_TOKEN


@app.route("/search")
def search():
    term = request.args.get("q", "")
    rows = get_db().execute("SELECT id, title FROM notes WHERE title LIKE ?", ("%" + term + "%",))
    return jsonify(rows.fetchall())


@app.route("/import", methods=["POST"])
def import_notes():
    notes = pickle.loads(request.data)
    db = get_db()
    for note in notes:
        db.execute(f"INSERT INTO notes (title, body) VALUES ('{note['title']}', '{note['body']}')")
    db.commit()
    return jsonify({"count": len(notes)})


@app.route("/backup", methods=["POST"])
def backup():
    if not require_admin():
        return "forbidden", 403
    target = request.form["target"]
    subprocess.run("cp " + DB_PATH + " /backups/" + target, shell=True)
    return "ok"


if __name__ == "__main__":
    app.run(host="0.0.0.0", debug=True)`;

export const GOLANG = `package ledger

import (
	"encoding/json"
	"errors"
	"net/http"
	"sync"
)

type Account struct {
	ID      string
	Balance int64
}

type Store struct {
	mu       sync.RWMutex
	accounts map[string]*Account
}

func NewStore() *Store {
	return &Store{accounts: make(map[string]*Account)}
}

func (s *Store) Get(id string) (*Account, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	a, ok := s.accounts[id]
	return a, ok
}

func (s *Store) Transfer(from, to string, amount int64) error {
	src, ok := s.Get(from)
	if !ok {
		return errors.New("unknown source")
	}
	dst, ok := s.Get(to)
	if !ok {
		return errors.New("unknown destination")
	}
	if src.Balance < amount {
		return errors.New("insufficient funds")
	}
	src.Balance -= amount
	dst.Balance += amount
	return nil
}

func (s *Store) HandleTransfer(w http.ResponseWriter, r *http.Request) {
	var body struct {
		From   string
		To     string
		Amount int64
	}
	json.NewDecoder(r.Body).Decode(&body)
	if err := s.Transfer(body.From, body.To, body.Amount); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}`;
