"""Prints a sales report from a CSV file of `day,amount` lines."""

import csv
import sys


def read_sales(path):
    with open(path, newline="") as file:
        return [(row["day"], float(row["amount"])) for row in csv.DictReader(file)]


def best_day(sales):
    return max(sales, key=lambda sale: sale[1])


def average(sales):
    return sum(amount for _, amount in sales) / len(sales)


if __name__ == "__main__":
    sales = read_sales(sys.argv[1])
    print(f"{len(sales)} days, average {average(sales):.2f}, best {best_day(sales)[0]}")
