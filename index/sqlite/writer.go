// SPDX-License-Identifier: Apache-2.0

package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// writer is the one connection that writes. Its statements are prepared once.
type writer struct {
	turn  chan struct{} // holds one token: the right to use what follows
	db    *sql.DB
	conn  *sql.Conn
	stmts map[string]*sql.Stmt
}

func newWriter(ctx context.Context, dsn string) (*writer, error) {
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, err
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	w := &writer{turn: make(chan struct{}, 1), db: db, conn: conn, stmts: map[string]*sql.Stmt{}}
	w.turn <- struct{}{}
	return w, nil
}

// close waits for its turn, which it never gives back. To close again is no
// error.
func (w *writer) close() error {
	if _, open := <-w.turn; !open {
		return nil
	}
	close(w.turn)
	var errs []error
	for _, s := range w.stmts {
		errs = append(errs, s.Close())
	}
	return errors.Join(append(errs, w.conn.Close(), w.db.Close())...)
}

// acquire waits for the turn to use the connection; release gives it back.
func (w *writer) acquire(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case _, open := <-w.turn:
		if !open {
			return errClosed
		}
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (w *writer) release() { w.turn <- struct{}{} }

// transact runs f in a transaction that is durable when transact returns nil,
// and undone otherwise. It begins and ends whatever becomes of ctx: a statement
// that is interrupted may yet have been carried out.
func (w *writer) transact(ctx context.Context, f func() error) error {
	if err := w.acquire(ctx); err != nil {
		return err
	}
	defer w.release()
	if err := w.exec(context.WithoutCancel(ctx), "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	err := f()
	if err == nil {
		err = w.exec(context.WithoutCancel(ctx), "COMMIT")
	}
	if err != nil {
		return errors.Join(err, w.rollback(context.WithoutCancel(ctx)))
	}
	return nil
}

// rollback undoes the transaction. Where SQLite has done so by itself, as it
// does when the disk is full, that fails, and a new one can begin.
func (w *writer) rollback(ctx context.Context) error {
	if w.exec(ctx, "ROLLBACK") == nil {
		return nil
	}
	return errors.Join(w.exec(ctx, "BEGIN"), w.exec(ctx, "ROLLBACK"))
}

var errClosed = errors.New("the index is closed")

// rewrite moves all that is in use to the front of the file, cuts off the rest
// and empties the log.
func (w *writer) rewrite(ctx context.Context) error {
	if err := w.acquire(ctx); err != nil {
		return err
	}
	defer w.release()
	if err := w.exec(ctx, "VACUUM"); err != nil {
		return err
	}
	var busy, pages, moved int
	if err := w.row(ctx, "PRAGMA wal_checkpoint(TRUNCATE)", nil, &busy, &pages, &moved); err != nil {
		return err
	}
	if busy != 0 {
		return errors.New("a reader holds the log; try again")
	}
	return nil
}

// stmt returns the prepared statement of a query.
func (w *writer) stmt(ctx context.Context, query string) (*sql.Stmt, error) {
	if s, ok := w.stmts[query]; ok {
		return s, nil
	}
	s, err := w.conn.PrepareContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("%w in %q", err, query)
	}
	w.stmts[query] = s
	return s, nil
}

// exec runs a statement.
func (w *writer) exec(ctx context.Context, query string, args ...any) error {
	s, err := w.stmt(ctx, query)
	if err != nil {
		return err
	}
	_, err = s.ExecContext(ctx, args...)
	return err
}

// insert runs a statement and returns the number of the row that it made.
func (w *writer) insert(ctx context.Context, query string, args ...any) (int64, error) {
	s, err := w.stmt(ctx, query)
	if err != nil {
		return 0, err
	}
	r, err := s.ExecContext(ctx, args...)
	if err != nil {
		return 0, err
	}
	return r.LastInsertId()
}

// row reads one row into dest; sql.ErrNoRows where there is none.
func (w *writer) row(ctx context.Context, query string, args []any, dest ...any) error {
	s, err := w.stmt(ctx, query)
	if err != nil {
		return err
	}
	return s.QueryRowContext(ctx, args...).Scan(dest...)
}
