;;; What an author sees in Emacs. Run by run.sh with the settings of editors/README.md loaded before.  -*- lexical-binding: t -*-
(require 'eglot)
(require 'flymake)

(defconst rule "security/secure-design")
(defvar failed 0)
(defvar passed 0)

(defun await (what condition)
  "Wait until CONDITION gives something, and give it back; WHAT is for people."
  (let ((end (+ (float-time) 20)) found)
    (while (and (not (setq found (funcall condition))) (< (float-time) end))
      (accept-process-output nil 0.05))
    (or found (error "Waited in vain for %s" what))))

(defun finding ()
  "The finding of the rule, if it is shown."
  (seq-find (lambda (shown) (string-match-p (regexp-quote rule) (flymake-diagnostic-text shown)))
            (flymake-diagnostics)))

(defun finding-on-heading ()
  "The finding of the rule, if it is shown on the heading that it is about."
  (let ((shown (finding)))
    (and shown
         (equal (buffer-substring (flymake-diagnostic-beg shown) (flymake-diagnostic-end shown)) "## Security")
         shown)))

;; Eglot sends changes when Emacs is idle, which it never is without a person in front of it.
(defalias 'send-changes #'eglot--signal-textDocument/didChange)

(defun check (name run)
  "Call RUN and report under NAME how it went."
  (condition-case problem
      (progn (funcall run)
             (setq passed (1+ passed))
             (message "ok    emacs: %s" name))
    (error (setq failed (1+ failed))
           (message "FAIL  emacs: %s\n%s" name (error-message-string problem)))))

(check "the settings start the server, and findings appear where the question comes up"
       (lambda ()
         (find-file "docs/tickets.md")
         (run-hooks 'post-command-hook)
         (await "the server" #'eglot-current-server)
         (await "the finding on its heading" #'finding-on-heading)))

(check "a code action waives it, behind an emoji too"
       (lambda ()
         (goto-char (point-min))
         (search-forward "The shop calls")
         (insert " 🎟️👩‍💻")
         (send-changes)
         (goto-char (flymake-diagnostic-beg (await "the finding on its heading" #'finding-on-heading)))
         ;; What a person would pick from the menu.
         (cl-letf (((symbol-function 'completing-read)
                    (lambda (_prompt items &rest _)
                      (car (or (seq-find (lambda (item) (string-prefix-p (concat "Waive " rule) (car item))) items)
                               (error "No waiver among %S" (mapcar #'car items))))))
                   (last-nonmenu-event ?x))
           (eglot-code-actions (point) (point) nil t))
         (goto-char (point-min))
         (search-forward (format "\n\n<!-- archlint: waive %s: <why it does not apply> -->\n\n" rule))
         (search-backward "<why it does not apply>")
         (replace-match "only staff can reach it")
         (send-changes)
         (await "the end of the finding" (lambda () (not (finding))))))

(message "emacs: %d passed, %d failed" passed failed)
(set-buffer-modified-p nil)
(ignore-errors (eglot-shutdown (eglot-current-server)))
(kill-emacs (if (= failed 0) 0 1))
