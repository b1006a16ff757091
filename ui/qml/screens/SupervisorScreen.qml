pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"
import "../components"

// For supervisors: what was taken, printed and acknowledged on a day, why these differ, and what closed accounts left.
GsPage {
    id: screen

    required property Kiosk kiosk
    readonly property SupervisorController book: kiosk.supervisor

    title: qsTr("日终核对")
    subtitle: GsWords.shortDay(book.day)
    busy: kiosk.visit.busy
    onBack: kiosk.visit.go("back")
    primaryText: book.paper.state === "idle" ? qsTr("打印核对单") : GsWords.printing(book.paper.state)
    primaryIcon: book.paper.state === "printed" ? "check" : "printer"
    primaryEnabled: book.known && !kiosk.visit.busy && book.paper.state !== "printing"
    onPrimary: book.print()
    extras: [
        GsButton {
            objectName: "dayBefore"
            text: qsTr("前一天")
            iconName: "chevron-left"
            enabled: !screen.kiosk.visit.busy
            onClicked: screen.book.turn(-1)
        },
        GsButton {
            objectName: "dayAfter"
            visible: !screen.book.latest
            text: qsTr("后一天")
            iconName: "chevron-right"
            enabled: !screen.kiosk.visit.busy
            onClicked: screen.book.turn(1)
        }
    ]

    GsProblem {
        Layout.fillWidth: true
        visit: screen.kiosk.visit
    }
    GsBanner {
        visible: screen.book.paper.cause !== ""
        Layout.fillWidth: true
        mood: "warn"
        iconName: "printer-off"
        text: screen.book.paper.cause
        action: screen.book.paper.action
    }
    GsCard {
        visible: screen.book.known
        Layout.fillWidth: true
        raised: true
        GridLayout {
            Layout.fillWidth: true
            columns: GsTheme.portrait || GsTheme.elder ? 2 : 4
            uniformCellWidths: true
            columnSpacing: GsTheme.gap
            rowSpacing: GsTheme.gap
            GsFact {
                objectName: "daySubmitted"
                Layout.fillWidth: true
                label: qsTr("收件")
                value: String(screen.book.submitted)
            }
            GsFact {
                objectName: "dayPrinted"
                Layout.fillWidth: true
                label: qsTr("已出回执")
                value: String(screen.book.printed)
            }
            GsFact {
                objectName: "dayAcknowledged"
                Layout.fillWidth: true
                label: qsTr("县里已收到")
                value: String(screen.book.acknowledged)
            }
            GsFact {
                Layout.fillWidth: true
                label: qsTr("补打")
                value: String(screen.book.reprints)
            }
        }
    }
    GsBanner {
        objectName: "dayAgrees"
        visible: screen.book.agrees
        Layout.fillWidth: true
        mood: "good"
        text: qsTr("都对得上，没有差异。")
    }
    GsText {
        visible: screen.book.differences.count > 0
        Layout.fillWidth: true
        text: qsTr("对不上的，一件一件写明原因")
        role: "lead"
        strong: true
    }
    Repeater {
        model: screen.book.differences
        GsBanner {
            required property string number
            required property string words
            required property string made
            required property bool alarming
            Layout.fillWidth: true
            mood: alarming ? "bad" : "warn"
            iconName: alarming ? "alert-triangle" : "clock"
            text: made === "" ? number : qsTr("%1，%2 收的").arg(number).arg(GsWords.moment(made))
            action: words
        }
    }
    GsText {
        visible: screen.book.parked.count > 0
        Layout.fillWidth: true
        Layout.topMargin: GsTheme.gap
        text: qsTr("账号停用以后留下的，没办完的申请")
        role: "lead"
        strong: true
    }
    Repeater {
        model: screen.book.parked
        GsCard {
            id: parked
            required property string caseId
            required property string itemName
            required property string updated
            required property string staffId
            required property string why
            Layout.fillWidth: true
            spacing: GsTheme.gapSmall
            GsText {
                Layout.fillWidth: true
                text: parked.itemName
                strong: true
            }
            GsText {
                Layout.fillWidth: true
                text: qsTr("工号 %1，%2 存的。%3").arg(parked.staffId).arg(GsWords.moment(parked.updated)).arg(({
                            disabled: qsTr("账号停用了。"),
                            removed: qsTr("账号注销了。"),
                            new_pin: qsTr("密码换过了。")
                        })[parked.why] ?? "")
                role: "small"
                soft: true
            }
            GsButton {
                objectName: "takeOver_" + parked.caseId
                text: qsTr("接过来，接着办")
                iconName: "user-shield"
                enabled: !screen.kiosk.visit.busy
                onClicked: screen.book.takeOver(parked.caseId)
            }
        }
    }
}
