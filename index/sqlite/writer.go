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

// close waits for its turn, which it never gives back.
func (w *writer) close() error {
	<-w.turn
	close(w.turn)
	var errs []error
	for _, s := range w.stmts {
		errs = append(errs, s.Close())
	}
	return errors.Join(append(errs, w.conn.Close(), w.db.Close())...)
}

// transact runs f in a transaction that is durable when transact returns nil,
// and undone otherwise.
func (w *writer) transact(ctx context.Context, f func() error) (err error) {
	select {
	case _, open := <-w.turn:
		if !open {
			return errClosed
		}
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { w.turn <- struct{}{} }()
	if err := w.exec(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	if err := f(); err != nil {
		return errors.Join(err, w.rollback(ctx))
	}
	if err := w.exec(ctx, "COMMIT"); err != nil {
		return errors.Join(err, w.rollback(ctx))
	}
	return nil
}

var errClosed = errors.New("the index is closed")

// rollback undoes the transaction, though ctx may have ended. SQLite may have
// done so itself already, which is why its refusal is no error.
func (w *writer) rollback(ctx context.Context) error {
	if w.inTransaction(ctx) {
		return w.exec(context.WithoutCancel(ctx), "ROLLBACK")
	}
	return nil
}

// inTransaction reports whether a transaction is open: a savepoint of its own
// cannot tell, but a nested BEGIN fails.
func (w *writer) inTransaction(ctx context.Context) bool {
	ctx = context.WithoutCancel(ctx)
	if err := w.exec(ctx, "BEGIN"); err != nil {
		return true
	}
	return w.exec(ctx, "ROLLBACK") != nil
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
