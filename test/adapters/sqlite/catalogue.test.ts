import { catalogueContract } from "../../contracts/catalogue.ts";
import { sqliteKnowledge } from "./knowledge.ts";

catalogueContract("SQLite", sqliteKnowledge);
